# shellcheck shell=sh disable=SC2154 # variables of the script that reads this
# ./carryover deploy, read by that script. Everything it needs an account for is behind `account`.

config=$home/samconfig.toml
staged=$home/target/deploy

# Value $1 of samconfig.toml.
configured() { sed -n "s/^$1 *= *\"\(.*\)\" *$/\1/p" "$config" | head -n 1; }

configure() { # name value
    sed "s|^\($1 *= *\)\".*\"|\1\"$2\"|" "$config" >"$config.new" && mv "$config.new" "$config"
}

# Parameter $1 of those that samconfig.toml overrides.
overridden() { configured parameter_overrides | tr ' ' '\n' | sed -n "s/^$1=//p" | head -n 1; }

ask() { # question default pattern
    while :; do
        printf '%s [%s]: ' "$1" "$2" >&2
        read -r answer || die "deploy --guided asks questions; there is nobody to answer"
        answer=${answer:-$2}
        if printf '%s\n' "$answer" | grep -Eq "^($3)\$"; then printf '%s\n' "$answer"; return; fi
        say "  that does not look right; wanted: $3"
    done
}

guided() {
    name=$(ask "Name of the stack" "$(configured stack_name)" '[a-z][a-z0-9-]{0,30}')
    region=$(ask "Region" "$(configured region)" '[a-z]{2}(-[a-z]+)+-[0-9]')
    production=$(ask "Production: backups, shares of concurrency" "$(overridden Production)" 'true|false')
    lock=GOVERNANCE
    [ "$production" = false ] ||
        lock=$(ask "Lock of the trail; COMPLIANCE holds for six years and nobody can undo it" "$(overridden AuditLockMode)" 'GOVERNANCE|COMPLIANCE')
    waf=$(ask "Firewall before the API" "$(overridden Waf)" 'true|false')
    email=$(ask "Who is told of alarms (e-mail, or none)" "$(overridden OperatorEmail | sed 's/^$/none/')" 'none|[^ @|"]+@[^ @|"]+')
    metadata=$(ask "SAML metadata of the staff's identity provider (address, or none)" "$(overridden WorkforceMetadataUrl | sed 's/^$/none/')" 'none|https://[^ |"]+')
    configure stack_name "$name"
    configure region "$region"
    configure parameter_overrides "Production=$production AuditLockMode=$lock Waf=$waf OperatorEmail=${email#none} WorkforceMetadataUrl=${metadata#none}"
    say "Written to samconfig.toml"
}

row() { printf '  %-10s %-22s %s\n' "$1" "$2" "$3"; }

# What is on this machine; what is missing and needed for a real deployment is counted in $missing.
prerequisites() {
    missing=0
    echo "Prerequisites"
    if have aws; then row ok "aws" "$(aws --version 2>&1 | cut -d' ' -f1)"; else row MISSING aws "https://aws.amazon.com/cli"; missing=1; fi
    if docker info >/dev/null 2>&1; then row ok docker "daemon answers"; else row MISSING docker "a daemon builds and pushes the image of risk-scoring"; missing=1; fi
    if docker buildx version >/dev/null 2>&1; then row ok "docker buildx" "builds for arm64"; else row MISSING "docker buildx" "builds for arm64 on another processor"; missing=1; fi
    if account=$(have aws && aws sts get-caller-identity --query Account --output text 2>/dev/null); then
        row ok "AWS account" "credentials answer"
    else
        account=
        row MISSING "AWS account" "no credentials that work: aws configure, or AWS_PROFILE"
        missing=1
    fi
}

# Uploads zips, definitions and the API document to bucket $1 and writes the template that names them; more arguments are aws's.
package_to() {
    bucket=$1
    shift
    (cd "$home" && aws cloudformation package --template-file template.yaml --s3-bucket "$bucket" --s3-prefix carryover \
        --output-template-file "$staged/template.yaml" "$@") >"$staged/package.log" 2>&1 || { cat "$staged/package.log" >&2; return 1; }
    if grep -En '(CodeUri|ContentUri|DefinitionUri|Location): *[^ s]' "$staged/template.yaml" >&2; then
        say "the packaged template still names files of this machine"
        return 1
    fi
}

# The real `aws cloudformation package`, against the local cloud's S3.
rehearse() {
    port=4599
    ("$home/carryover" run --empty --port $port >"$staged/cloud.log" 2>&1 & echo $! >"$staged/cloud.pid")
    tries=0
    until curl -s -o /dev/null "http://127.0.0.1:$port/_carryover/clock"; do
        tries=$((tries + 1))
        if [ $tries -gt 120 ]; then cat "$staged/cloud.log" >&2; say "the local cloud did not start"; return 1; fi
        sleep 1
    done
    status=0
    (
        export AWS_ACCESS_KEY_ID=administrator AWS_SECRET_ACCESS_KEY=carryover AWS_DEFAULT_REGION=us-east-1
        export AWS_ENDPOINT_URL="http://127.0.0.1:$port"
        unset AWS_PROFILE AWS_SESSION_TOKEN
        aws s3api create-bucket --bucket carryover-deploy >/dev/null && package_to carryover-deploy
    ) || status=1
    kill "$(cat "$staged/cloud.pid")" 2>/dev/null || true
    return $status
}

image() {
    repository=$account.dkr.ecr.$region.amazonaws.com/$stack-risk-scoring
    aws ecr describe-repositories --region "$region" --repository-names "$stack-risk-scoring" >/dev/null 2>&1 ||
        aws ecr create-repository --region "$region" --repository-name "$stack-risk-scoring" \
            --image-tag-mutability IMMUTABLE --image-scanning-configuration scanOnPush=true --encryption-configuration encryptionType=KMS >/dev/null
    aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "$account.dkr.ecr.$region.amazonaws.com" >/dev/null
    docker buildx build --platform linux/arm64 --provenance=false -f "$home/functions/risk-scoring/Dockerfile" \
        -t "$repository:$sha" --push "$home" || return 1
    image=$repository@$(aws ecr describe-images --region "$region" --repository-name "$stack-risk-scoring" \
        --image-ids "imageTag=$sha" --query 'imageDetails[0].imageDigest' --output text)
}

deploy() {
    mode=
    for argument in "$@"; do
        case $argument in
        --guided | --dry-run) mode="$mode $argument" ;;
        *) wrong "deploy takes --guided and --dry-run, not '$argument'" ;;
        esac
    done
    case $mode in *--guided*) guided ;; esac
    stack=$(configured stack_name) region=$(configured region)
    mkdir -p "$staged"
    prerequisites
    case $mode in
    *--dry-run*) ;;
    *) [ $missing -eq 0 ] || die "what is missing above is needed; ./carryover deploy --dry-run does the rest" ;;
    esac

    echo "Template"
    status=0
    verdict=$(guard 2>&1) || status=$?
    case $status in
    0) row ok guard "$(printf '%s\n' "$verdict" | tail -n 1)" ;;
    3) row NOT-RUN guard "$(printf '%s\n' "$verdict" | tail -n 1)" ;;
    *) printf '%s\n' "$verdict" >&2; die "the template breaks a rule" ;;
    esac

    echo "Zips"
    prepare
    build
    digests >"$staged/digests" || die "the zips were not built"
    sha=$(sed -n 's/  all$//p' "$staged/digests")
    row ok "$(($(wc -l <"$staged/digests") - 1)) zips" "BuildSha $(printf '%.16s' "$sha")..."

    case $mode in
    *--dry-run*)
        echo "Package"
        have aws || die "aws is missing"
        rehearse || die "aws cloudformation package failed"
        row ok "aws cloudformation" "packaged into the local cloud's S3; every file has its address"
        echo "Not tried, since each needs an account or a daemon"
        [ -n "$account" ] || row - "account" "whose service quotas, region and names would do"
        row - image "docker buildx build of functions/risk-scoring/Dockerfile for arm64, push to ECR"
        row - "change set" "CloudFormation's own checks of stack $stack in $region, and what it would change"
        row - "push" "an SNS platform application needs the credentials of Firebase; without one nobody is pushed to"
        echo "Dry run passed up to the point where an account is needed"
        return
        ;;
    esac

    echo "Image"
    image || die "the image was not built"
    row ok image "$image"
    bucket=$stack-deploy-$account-$region
    aws s3api head-bucket --bucket "$bucket" 2>/dev/null || aws s3 mb --region "$region" "s3://$bucket" >/dev/null
    package_to "$bucket" --region "$region" || die "the zips were not uploaded"
    echo "Change set"
    # shellcheck disable=SC2046 # one word per parameter
    aws cloudformation deploy --region "$region" --stack-name "$stack" --template-file "$staged/template.yaml" \
        --s3-bucket "$bucket" --s3-prefix carryover --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND \
        --no-execute-changeset --no-fail-on-empty-changeset \
        --parameter-overrides "BuildSha=$sha" "RiskImageUri=$image" $(configured parameter_overrides) >"$staged/changeset.log" || die "no change set was made"
    set_=$(sed -n 's/.*\(arn:aws[^ ]*:changeSet\/[^ ]*\).*/\1/p' "$staged/changeset.log" | head -n 1)
    if [ -z "$set_" ]; then echo "Nothing changes"; return; fi
    aws cloudformation describe-change-set --region "$region" --change-set-name "$set_" --output table \
        --query 'Changes[].ResourceChange.{action:Action,id:LogicalResourceId,type:ResourceType,replaces:Replacement}'
    answer=$(ask "Execute it" no 'yes|no')
    [ "$answer" = yes ] || { echo "Left as it is: $set_"; return; }
    aws cloudformation execute-change-set --region "$region" --change-set-name "$set_"
    aws cloudformation wait stack-create-complete --region "$region" --stack-name "$stack" 2>/dev/null ||
        aws cloudformation wait stack-update-complete --region "$region" --stack-name "$stack"
    aws cloudformation describe-stacks --region "$region" --stack-name "$stack" --query 'Stacks[0].Outputs' --output table
}
